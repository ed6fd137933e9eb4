/** `ce_source` of a log: `stockproof/<service>/<log id>`, and from the first restored history on `.<generation>` behind it. */
export const sourceOf = (service: string, logId: string, generation: number): string =>
  `stockproof/${service}/${logId}${generation === 0 ? '' : `.${generation}`}`;

/** Which history of a log a source speaks of; null for a source of another log. */
export const generationOf = (source: string, service: string, logId: string): number | null => {
  const first = sourceOf(service, logId, 0);
  if (source === first) return 0;
  const suffix = source.startsWith(`${first}.`) ? source.slice(first.length + 1) : '';
  return /^[1-9]\d*$/.test(suffix) ? Number(suffix) : null;
};
