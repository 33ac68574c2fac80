import { randomUUID } from 'node:crypto';
import {
  BACKWARDS,
  END,
  FORWARDS,
  jsonEvent,
  START,
  type AppendExpectedRevision,
  type EventData,
  type EventStoreDBClient,
  type ExpectedRevision,
  type RecordedEvent,
  type ResolvedEvent,
} from '@eventstore/db-client';
import { setTimeout as sleep } from 'node:timers/promises';

type Symbolic = string | { readonly is: string; readonly link: { readonly stream: string; readonly revision: number } };

/** One operation of a recorded sequence; each uses the fields it needs. */
export interface Step {
  readonly op: 'append' | 'read' | 'readAll' | 'delete' | 'tombstone' | 'setMetadata' | 'getMetadata';
  readonly stream: string;
  readonly events: readonly Symbolic[];
  readonly expect: string;
  readonly from: string;
  readonly backwards: boolean;
  readonly count: number;
  readonly links: boolean;
  readonly metadata: Record<string, unknown>;
}

const PATIENCE_MS = 5000;

/** Plays steps in streams of its own; answers name events by their symbols. */
export class SequencePlayer {
  private readonly prefix = `${randomUUID().slice(0, 8)}-`;
  private readonly ids = new Map<string, string>();
  private readonly symbols = new Map<string, string>();

  constructor(private readonly client: EventStoreDBClient) {}

  async play(step: Step): Promise<unknown> {
    const patience = new AbortController();
    const silence = sleep(PATIENCE_MS, 'no answer', { signal: patience.signal }).catch(() => 'no answer');
    try {
      return await Promise.race([this.perform[step.op](step), silence]);
    } catch (error) {
      return this.failure(error as Record<string, unknown>);
    } finally {
      patience.abort();
    }
  }

  private readonly perform: Record<Step['op'], (step: Step) => Promise<unknown>> = {
    append: async ({ stream, events, expect }) => {
      const batch = events.map((symbolic) => this.eventOf(symbolic));
      const options = { expectedRevision: expectation(expect) };
      const result = await this.client.appendToStream(this.name(stream), batch, options);
      return { revision: `${result.nextExpectedRevision}` };
    },
    read: async ({ stream, from, backwards, count, links }) => {
      const out: string[] = [];
      const fromRevision = from === 'start' ? START : from === 'end' ? END : BigInt(from);
      const direction = backwards ? BACKWARDS : FORWARDS;
      const options = { fromRevision, direction, maxCount: count, resolveLinkTos: links } as const;
      for await (const seen of this.client.readStream(this.name(stream), options)) out.push(this.seen(seen));
      return out;
    },
    readAll: async () => {
      const out: string[] = [];
      const newest = { direction: BACKWARDS, fromPosition: END, maxCount: 400 } as const;
      for await (const seen of this.client.readAll(newest)) {
        if (seen.event?.streamId.includes(this.prefix)) out.push(this.seen(seen as ResolvedEvent));
      }
      return out;
    },
    delete: async ({ stream, expect }) => {
      await this.client.deleteStream(this.name(stream), { expectedRevision: expectation(expect) as ExpectedRevision });
      return 'deleted';
    },
    tombstone: async ({ stream, expect }) => {
      await this.client.tombstoneStream(this.name(stream), {
        expectedRevision: expectation(expect) as ExpectedRevision,
      });
      return 'tombstoned';
    },
    setMetadata: async ({ stream, metadata, expect }) => {
      const options = { expectedRevision: expectation(expect) };
      const result = await this.client.setStreamMetadata(this.name(stream), metadata, options);
      return { revision: `${result.nextExpectedRevision}` };
    },
    getMetadata: async ({ stream }) => {
      const { metadata, metastreamRevision } = await this.client.getStreamMetadata(this.name(stream));
      return { metadata: metadata ?? null, hasRevision: metastreamRevision !== undefined };
    },
  };

  private eventOf(symbolic: Symbolic): EventData {
    if (typeof symbolic === 'string') return jsonEvent({ id: this.id(symbolic), type: 'T', data: { is: symbolic } });
    const { stream, revision } = symbolic.link;
    const data = new TextEncoder().encode(`${revision}@${this.name(stream)}`);
    return {
      id: this.id(symbolic.is),
      type: '$>',
      contentType: 'application/octet-stream',
      data,
    } as unknown as EventData;
  }

  private id(symbol: string): string {
    const id = this.ids.get(symbol) ?? randomUUID();
    this.ids.set(symbol, id);
    this.symbols.set(id, symbol);
    return id;
  }

  private name(stream: string): string {
    return stream.startsWith('$$') ? `$$${this.prefix}${stream.slice(2)}` : this.prefix + stream;
  }

  private plain(text: string): string {
    return text.replaceAll(this.prefix, '');
  }

  private seen({ event, link }: ResolvedEvent): string {
    return link ? `${this.mark(event)} by ${this.mark(link)}` : this.mark(event);
  }

  private mark(event: RecordedEvent | undefined): string {
    if (!event) return 'nothing';
    return `${this.symbols.get(event.id) ?? event.type}:${this.plain(event.streamId)}@${event.revision}`;
  }

  private failure(error: Record<string, unknown>): Record<string, string> {
    const told = ['expectedVersion', 'actualVersion', 'streamName'].filter((key) => error[key] !== undefined);
    return {
      error: String(error['type'] ?? error['name']),
      ...Object.fromEntries(told.map((key) => [key, this.plain(String(error[key]))])),
    };
  }
}

function expectation(text: string): AppendExpectedRevision {
  if (text === 'any' || text === 'no_stream' || text === 'stream_exists') return text;
  return BigInt(text);
}
