const asking = 'const ask = async (): Promise<number> => 1;\n';
const choosing = (body) =>
  `export const x = (y: 'a' | 'b'): number => {\n  let z = 0;\n  switch (y) {\n    case 'a':\n      z = 1;\n${body}  }\n  return z;\n};\n`;
const rule = (name) => `@typescript-eslint/${name}`;

/** Code that breaks one rule about types each, and code that is fine. */
export const typedSamples = [
  {
    title: 'a promise is awaited, or said to be left',
    code: `${asking}export const x = () => {\n  ask();\n};\n`,
    rule: rule('no-floating-promises'),
  },
  { title: 'a promise is no condition', code: `${asking}export const x = () => (ask() ? 1 : 2);\n`, rule: rule('no-misused-promises') },
  { title: 'a switch answers every case of its union', code: choosing(''), rule: rule('switch-exhaustiveness-check') },
  { title: 'an awaited promise is fine', code: `${asking}export const x = async () => (await ask()) + 1;\n` },
  { title: 'a complete switch is fine', code: choosing(`      break;\n    case 'b':\n      z = 2;\n`) },
];
