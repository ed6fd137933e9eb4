/**
 * Several services' metrics as one page: all samples of a metric must follow its one `# HELP` and `# TYPE`, whichever service
 * they come from.
 */
export const mergedExpositions = (pages: readonly string[]): string => {
  const families = new Map<string, string[]>();
  for (const family of pages.flatMap((page) => page.split('\n\n'))) {
    const lines = family.split('\n').filter(Boolean);
    const header = lines.filter((line) => line.startsWith('#')).join('\n');
    if (header === '') continue;
    families.set(header, [...(families.get(header) ?? []), ...lines.filter((line) => !line.startsWith('#'))]);
  }
  return [...families].map(([header, samples]) => [header, ...samples].join('\n')).join('\n\n') + '\n';
};
