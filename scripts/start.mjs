// npm start: sets up what is missing, then runs the service, in this very process, until it is told to stop.
import { ensureSetup } from './setup.mjs';

ensureSetup();
process.env.BANNER ??= 'text';
await import('../dist/src/main.js');
