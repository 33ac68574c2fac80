import type { Statement } from 'libsql';
import type { SqlDatabase } from './database.js';

const ROWS = [64, 16, 4, 1] as const;

/** Inserts rows into a table, many to a statement: calling the database is dearer than what it does. */
export class Insertion {
  private readonly statements: readonly { readonly rows: number; readonly statement: Statement<unknown[]> }[];

  /** @param into `INSERT INTO table (columns)`; @param columns how many those are */
  constructor(
    database: SqlDatabase,
    into: string,
    private readonly columns: number,
  ) {
    const row = `(${Array(columns).fill('?').join(',')})`;
    this.statements = ROWS.map((rows) => ({
      rows,
      statement: database.prepare(`${into} VALUES ${Array(rows).fill(row).join(',')}`),
    }));
  }

  /** @param values those of one row after the other */
  run(values: readonly unknown[]): void {
    let at = 0;
    for (const { rows, statement } of this.statements) {
      for (const size = rows * this.columns; values.length - at >= size; at += size) {
        statement.run(at === 0 && values.length === size ? (values as unknown[]) : values.slice(at, at + size));
      }
    }
  }
}
