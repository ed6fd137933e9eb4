/** One cycle for each knot in a graph of `node → nodes`, as the path around it; none is what we want. */
export const cyclesIn = (graph) => {
  const done = new Set();
  const cycles = [];
  const walk = (node, path) => {
    const start = path.indexOf(node);
    if (start >= 0) return void cycles.push([...path.slice(start), node]);
    if (done.has(node)) return;
    for (const next of graph.get(node) ?? []) walk(next, [...path, node]);
    done.add(node);
  };
  for (const node of graph.keys()) walk(node, []);
  return cycles;
};
