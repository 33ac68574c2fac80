import type { AccessPolicy } from '../../access/access-policy.js';
import type { FieldReader } from '../../codec/field-reader.js';
import { MalformedMessage } from '../../codec/malformed.js';
import type { EventLog } from '../../log/event-log.js';
import type { ProposedEvent, WriteOutcome } from '../../log/model.js';
import type { Call, Method } from '../../transport/call.js';
import { RpcError } from '../../transport/status.js';
import { commitFailed } from '../errors.js';
import { readBatchAppendRequest, type BatchAppendRequest } from '../requests/batch-append-request.js';
import { readProposedMessage } from '../requests/proposed-message.js';
import { toExpectedRevision, type Expectation } from '../expectation.js';
import { readWriteOptions } from '../requests/write-options.js';
import {
  BATCH_ERRORS,
  batchConflict,
  batchError,
  batchFailure,
  batchSuccess,
  batchTooLarge,
  type BatchError,
} from '../responses/batch-append-response.js';
import { WRITE_TIMEOUT_MS } from './write-timeout.js';

/** An append whose last message has not come yet. */
interface OpenAppend {
  readonly id: string;
  readonly stream: string;
  readonly expected: Expectation;
  readonly deadline: number;
  readonly events: ProposedEvent[];
  readonly timer: NodeJS.Timeout | undefined;
  bytes: number;
}

/** Streams/BatchAppend: many appends interleaved on one call, each told apart by its correlation id. */
export function batchAppendMethod(log: EventLog, mayUse: AccessPolicy, maxBytes: number): Method {
  return (call) => {
    const batches = new BatchAppends(log, call, mayUse, maxBytes);
    call.onMessage((message) => batches.receive(readBatchAppendRequest(message)));
    call.onHalfClose(() => batches.halfClose());
    call.onEnd(() => batches.end());
  };
}

class BatchAppends {
  private readonly open = new Map<string, OpenAppend>();
  private committing = 0;
  private halfClosed = false;

  constructor(
    private readonly log: EventLog,
    private readonly call: Call,
    private readonly mayUse: AccessPolicy,
    private readonly maxBytes: number,
  ) {}

  /** A message of an append that is unknown, or already answered, is ignored. */
  receive(request: BatchAppendRequest): void {
    const known = this.open.get(request.correlationId);
    const append = known ?? (request.options && this.begin(request, request.options));
    if (!append || !this.addEvents(append, request.messages)) return;
    if (request.final) this.submit(append);
  }

  halfClose(): void {
    this.halfClosed = true;
    this.finishIfIdle();
  }

  end(): void {
    for (const append of this.open.values()) clearTimeout(append.timer);
    this.open.clear();
  }

  private begin(request: BatchAppendRequest, reader: FieldReader): OpenAppend | undefined {
    const id = request.correlationId;
    try {
      const options = readWriteOptions(reader);
      const latest = Date.now() + WRITE_TIMEOUT_MS;
      const deadline = Math.min(options.deadline ?? latest, latest);
      const { stream, expected } = options;
      if (!this.mayUse(this.call.caller, 'write', stream))
        return void this.answer({ id, stream }, BATCH_ERRORS.accessDenied);
      if (deadline <= Date.now()) return void this.answer({ id, stream }, BATCH_ERRORS.timeout);
      const expire = () => this.answer({ id, stream }, BATCH_ERRORS.timeout);
      const timer = request.final ? undefined : setTimeout(expire, deadline - Date.now());
      const append = { id, stream, expected, deadline, events: [], timer, bytes: 0 };
      this.open.set(id, append);
      return append;
    } catch (error) {
      return void this.answer({ id, stream: '' }, badRequest(error));
    }
  }

  private addEvents(append: OpenAppend, messages: readonly Buffer[]): boolean {
    try {
      for (const message of messages) {
        const event = readProposedMessage(message);
        append.events.push(event);
        append.bytes += event.data.length;
      }
    } catch (error) {
      this.answer(append, badRequest(error));
      return false;
    }
    if (append.bytes <= this.maxBytes) return true;
    this.answer(append, batchTooLarge(this.maxBytes));
    return false;
  }

  private submit(append: OpenAppend): void {
    this.close(append.id);
    this.committing++;
    const settle = (outcome: WriteOutcome) => {
      this.committing--;
      this.call.send(answerOf(append, outcome));
      this.finishIfIdle();
    };
    const { stream, events, deadline } = append;
    this.log.append({ stream, events, deadline, expected: toExpectedRevision(append.expected), settle });
  }

  private answer(append: { readonly id: string; readonly stream: string }, error: BatchError): void {
    this.close(append.id);
    this.call.send(batchError(append, error));
  }

  private close(id: string): void {
    clearTimeout(this.open.get(id)?.timer);
    this.open.delete(id);
  }

  private finishIfIdle(): void {
    if (this.halfClosed && this.committing === 0) this.call.finish();
  }
}

function badRequest(error: unknown): BatchError {
  if (error instanceof MalformedMessage || error instanceof RpcError) return BATCH_ERRORS.badRequest;
  throw error;
}

function answerOf(append: OpenAppend, outcome: WriteOutcome): Buffer {
  switch (outcome.kind) {
    case 'written':
      return batchSuccess(append, outcome.revision, outcome.position);
    case 'wrong-expected-version':
      return batchError(append, batchConflict(append.expected, outcome.current));
    case 'stream-deleted':
      return batchError(append, BATCH_ERRORS.streamDeleted);
    case 'deadline-exceeded':
      return batchError(append, BATCH_ERRORS.timeout);
    case 'failed':
      return batchError(append, batchFailure(commitFailed(outcome.cause)));
  }
}
