// Copies all events of one EventStoreDB node to another: npm run event-store:copy -- FROM_URL TO_URL
import { ensureSetup } from './setup.mjs';

ensureSetup({ redis: false });
await import('../dist/src/embedded/tools/copy/main.js');
