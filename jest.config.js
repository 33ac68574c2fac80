// Specs provoke faults on purpose; what is logged of them would bury the results.
process.env.LOG_LEVEL ??= 'silent';

const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
};

/** Specs beside the code need no process; those under test/ start the real ones from dist/. */
export default {
  projects: [
    { ...common, displayName: 'unit', roots: ['<rootDir>/src', '<rootDir>/projections'] },
    { ...common, displayName: 'contract', roots: ['<rootDir>/test/contract'] },
    { ...common, displayName: 'e2e', roots: ['<rootDir>/test/e2e'] },
    { ...common, displayName: 'faults', roots: ['<rootDir>/test/faults'] },
  ],
  passWithNoTests: true,
  testTimeout: 30_000,
  forceExit: false,
};
