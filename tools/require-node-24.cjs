// Runs under any Node: the syntax stays old on purpose.
var major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error('Stockproof needs Node 24; this script was started by Node ' + process.versions.node + '.');
  console.error('The npm package "node" brings Node 24 for every npm script, but its install script has not run.');
  console.error(
    'Way out: `npm install-scripts approve node && npm rebuild node` (older npm: `npm rebuild node`), or install Node 24 yourself.',
  );
  process.exit(1);
}
