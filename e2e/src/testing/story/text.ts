/** A link from docs/generated to a file of the tree. */
export const link = (text: string, file: string): string => `[${text}](../../${file})`;

export const code = (text: string): string => `\`${text}\``;

export const counted = (text: string, count: number): string => (count === 1 ? text : `${text} × ${count}`);

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [
    `| ${head.join(' | ')} |`,
    `|${head.map(() => '---').join('|')}|`,
    ...rows.map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`),
  ].join('\n');

/** `stockproof.sales.units-shipped.v1` → `units-shipped.v1` */
export const shortType = (type: string): string => type.split('.').slice(2).join('.');

export const unique = <T>(all: readonly T[]): readonly T[] => [...new Set(all)];

/** By code units: the same on every machine. */
export const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
