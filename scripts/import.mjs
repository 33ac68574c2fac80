// npm run import -- FILE.ndjson --partner PARTNER_ID: imports the customers that the vendor's other portals show.
import { ensureSetup } from './setup.mjs';

ensureSetup({ redis: false });
await import('../dist/src/customers/cli/main.js');
