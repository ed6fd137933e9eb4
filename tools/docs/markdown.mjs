export const generatedBy = (what) => `<!-- Made from ${what} by \`npm run docs\`: change the source, not this page. -->`;

const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');

export const table = (head, rows) =>
  [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`)].join('\n');

export const code = (text) => (text === '' ? '' : `\`${text}\``);

/** A link from docs/generated to a file of the tree. */
export const link = (text, file) => `[${text}](../../${file})`;
