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

/** More than any stream has events. */
const sequencesPerGeneration = 1_000_000_000;

/**
 * What comes later of an aggregate has a higher number, also where a restored log counts its revisions again from an earlier one: each
 * history begins above all that the one before may have told.
 */
export const sequenceOf = (source: string, revision: number): number =>
  revision + Number(/\.([1-9]\d*)$/.exec(source)?.[1] ?? 0) * sequencesPerGeneration;
