// npm run projections -- status | rebuild | letters | retry | skip: looks after the read models of the service that runs here.
import { ensureSetup } from './setup.mjs';

ensureSetup({ redis: false });
await import('../dist/projections/runner/cli/main.js');
