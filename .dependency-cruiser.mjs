/** Deciders, events, workflows and projection functions: plain functions over plain data, nothing else. */
const domain = [
  '^src/kernel/',
  '^src/catalogue/(catalogue|rules|problems)\\.ts$',
  '^src/(partners|customers|invitations|relationships|privileges)/(?!.*\\.(command|query|http|module|worker|service|dto)\\.ts$)[^/]+\\.ts$',
  '^projections/(?!runner/)[^/]+/(?!.*\\.(module|query)\\.ts$)[^/]+\\.ts$',
];
const spec = '\\.spec\\.ts$';

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-is-pure',
      comment: 'Domain files import nothing but each other: no framework, no database, no node:*.',
      severity: 'error',
      from: { path: domain, pathNot: spec },
      to: { pathNot: domain },
    },
    {
      name: 'platform-knows-no-domain',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: {
        path: '^(src/(partners|customers|invitations|relationships|privileges|audit|access|catalogue)|projections)/',
      },
    },
    {
      name: 'embedded-stands-alone',
      comment: 'The service reaches the embedded servers as processes and over the network, never as code.',
      severity: 'error',
      from: { path: '^src/embedded/event-store/' },
      to: { path: '^(src/(?!embedded/)|projections/)' },
    },
    { name: 'no-orphan-imports', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node'],
    },
  },
};
