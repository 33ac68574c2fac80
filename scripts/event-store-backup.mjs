// Backs up an embedded event store while it runs: npm run event-store:backup -- DIR --data DATA_DIR
import { ensureSetup } from './setup.mjs';

ensureSetup({ redis: false });
await import('../dist/src/embedded/tools/backup/main.js');
