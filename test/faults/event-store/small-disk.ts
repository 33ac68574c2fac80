import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MIB = 1024 * 1024;
const PAGE = 4096;

const run = (command: string, ...args: string[]): string | undefined => {
  const { error, status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (error) return `${command} is not there`;
  return status === 0 ? undefined : stderr.trim() || `${command} failed`;
};

/** Why no disk can be mounted on this machine, or undefined when one can. */
export function mountingObstacle(): string | undefined {
  try {
    new SmallDisk(1).remove();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** A file system in memory that is small enough to be filled. */
export class SmallDisk {
  readonly data: string;
  private readonly path = mkdtempSync(join(tmpdir(), 'small-disk-'));
  private readonly ballast = join(this.path, 'ballast');

  /** @throws Error with what `mount` says when this machine does not permit it */
  constructor(mebibytes: number) {
    const obstacle = run('mount', '-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', this.path);
    if (obstacle !== undefined) {
      rmSync(this.path, { recursive: true });
      throw new Error(obstacle);
    }
    this.data = join(this.path, 'data');
    mkdirSync(this.data);
  }

  /** Takes space away, until `free`. */
  occupy(mebibytes: number): void {
    writeFileSync(this.ballast, Buffer.alloc(mebibytes * MIB));
  }

  /** Takes all the space that is left, until `free`. */
  fill(): void {
    const file = openSync(this.ballast, 'a');
    try {
      for (;;) writeSync(file, Buffer.alloc(PAGE));
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'ENOSPC') throw error;
    } finally {
      closeSync(file);
    }
  }

  free(): void {
    rmSync(this.ballast);
  }

  /** Unmounts it, also while a process has a file of it open. */
  remove(): void {
    const obstacle = run('umount', this.path) && run('umount', '--lazy', this.path);
    if (obstacle !== undefined) throw new Error(obstacle);
    rmSync(this.path, { recursive: true });
  }
}
