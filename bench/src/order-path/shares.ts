/** A function of a profile and how often it was found at work itself. */
type ProfileNode = { readonly callFrame: { readonly functionName: string; readonly url: string }; readonly hitCount?: number | undefined };

/** What part of the busy time was spent in this library, package or part of Node. */
export type Share = { readonly where: string; readonly share: number };

/** Groups a profile by the place of its functions; idle time does not count. */
export const sharesOf = (nodes: readonly ProfileNode[]): readonly Share[] => {
  const hits = new Map<string, number>();
  for (const { callFrame, hitCount = 0 } of nodes) {
    const where = placeOf(callFrame);
    if (where !== '(idle)' && hitCount > 0) hits.set(where, (hits.get(where) ?? 0) + hitCount);
  }
  const all = [...hits.values()].reduce((sum, each) => sum + each, 0);
  return [...hits].map(([where, count]) => ({ where, share: count / all })).sort((one, other) => other.share - one.share);
};

const placeOf = ({ functionName, url }: ProfileNode['callFrame']): string => {
  if (url === '') return functionName.startsWith('(') ? functionName : '(native)';
  if (url.startsWith('node:')) return url.split('/')[0] === 'node:internal' ? 'node:internal' : url;
  const [, dependency] = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url) ?? [];
  if (dependency !== undefined) return dependency;
  const [, library] = /\/dist\/((?:libs\/[^/]+\/[^/]+)|[^/]+)\//.exec(url) ?? [];
  return library ?? url;
};
