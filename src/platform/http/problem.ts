/** One field that does not satisfy a rule. `pointer` is a JSON pointer into the body, or a parameter's name. */
export class FieldProblem {
  readonly pointer!: string;
  readonly rule!: string;
  readonly detail!: string;
}

/** An answer in the form of RFC 9457. `code` is stable; `title` and `detail` are for people. */
export class Problem {
  readonly type!: string;
  readonly title!: string;
  readonly status!: number;
  readonly code!: string;
  readonly detail!: string;
  /** The rule of the domain that was applied, such as R11. */
  readonly rule?: string;
  /** The state that stood in the way. */
  readonly state?: string;
  /** What to do next. */
  readonly next?: string;
  readonly pointer?: string;
  readonly errors?: FieldProblem[];
  /** Quote this when asking about it. */
  readonly correlationId?: string;
}

/** A problem and the seconds after which it may be gone. */
export interface ProblemAnswer {
  readonly problem: Omit<Problem, 'type' | 'title'>;
  readonly retryAfterSeconds?: number;
}
