import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Subject } from '../../support/process.js';

const ENTRY = join(process.cwd(), 'dist/src/embedded/event-store/main.js');
const STRACE = ['-f', '-qq', '-y', '-ttt', '-T', '-e', 'trace=fsync,fdatasync'];
/** `PID START fdatasync(FD<FILE>) = 0 <SECONDS>`; a call that another thread interrupts is told in two lines. */
const SYNC = /^(\d+) +([\d.]+) f(?:data)?sync\(\d+<([^>]+)>\) += 0 <([\d.]+)>$/;

/** A time from when to when, in milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Why system calls cannot be watched on this machine, or undefined when they can. */
export function tracingObstacle(): string | undefined {
  const { error, status, stderr } = spawnSync('strace', [...STRACE, 'true'], { encoding: 'utf8' });
  if (error) return 'strace is not installed';
  return status === 0 ? undefined : `strace may not trace here (${stderr.trim().split('\n')[0]})`;
}

/** A node whose syncs to disk are written down. */
export class TracedNode {
  private constructor(
    private readonly subject: Subject,
    readonly url: string,
    private readonly pid: number,
    private readonly record: string,
  ) {}

  static async start(data: string, record: string): Promise<TracedNode> {
    const node = [process.execPath, ENTRY, '--port', '0', '--data', data];
    const subject = Subject.start('strace', [...STRACE, '-o', record, ...node]);
    const { listening, pid } = await subject.line(
      (line) => JSON.parse(line) as { readonly listening: string; readonly pid: number },
    );
    return new TracedNode(subject, listening, pid, record);
  }

  /** Stops the node and tells when each sync of its log to disk took place, in order. */
  async stop(): Promise<Span[]> {
    process.kill(this.pid, 'SIGTERM');
    // A signal of its own would make the tracer leave before the node.
    await this.subject.kill('SIGCONT');
    return readFileSync(this.record, 'utf8').split('\n').flatMap(spanOf);
  }
}

function spanOf(line: string): Span[] {
  const [, , start, file, seconds] = SYNC.exec(line) ?? [];
  if (!file?.includes('events.journal')) return [];
  const from = Number(start) * 1_000;
  return [{ from, to: from + Number(seconds) * 1_000 }];
}
