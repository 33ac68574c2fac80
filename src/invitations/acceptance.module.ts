import { Module } from '@nestjs/common';
import { AcceptanceCompletion } from './acceptance.service.js';
import { AcceptanceWorker } from './acceptance.worker.js';

/** What follows from an acceptance, for the request that accepts as for the workflow. */
@Module({ providers: [AcceptanceCompletion], exports: [AcceptanceCompletion] })
export class AcceptanceModule {}

/** Sees every acceptance through; in several processes at once each step is taken once. */
@Module({ imports: [AcceptanceModule], providers: [AcceptanceWorker] })
export class AcceptanceWorkflowModule {}
