/** Rows under headings, in columns as wide as they must be. Nothing where there are no rows. */
export const table = (headings: readonly string[], rows: readonly (readonly (string | number | null)[])[]): readonly string[] => {
  if (rows.length === 0) return [];
  const cells = [headings, ...rows.map((row) => row.map(shown))];
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};

/** A terminal must not be told what to do by what lies in a database. */
const shown = (value: string | number | null): string => (value === null ? '–' : String(value).replace(/\p{Cc}/gu, ' '));
