import type { z } from 'zod';

interface MethodSchema {
  readonly args: z.ZodType;
  readonly result: z.ZodType;
}

/** One side of a process boundary: what can be asked of it, and what it tells by itself. */
export interface Contract {
  readonly methods: Readonly<Record<string, MethodSchema>>;
  readonly events: Readonly<Record<string, z.ZodType>>;
}

export type MethodName<C extends Contract> = keyof C['methods'] & string;
export type EventName<C extends Contract> = keyof C['events'] & string;

export type Args<C extends Contract, M extends MethodName<C>> = z.input<C['methods'][M]['args']>;
export type Result<C extends Contract, M extends MethodName<C>> = z.output<
  C['methods'][M]['result']
>;
export type Payload<C extends Contract, E extends EventName<C>> = z.output<C['events'][E]>;

/** How far a long call has come: a stage in the reader's words and a fraction from 0 to 1. */
export interface Progress {
  readonly stage: string;
  readonly fraction: number;
  /** Numbers that belong to the stage, such as an epoch and its loss. */
  readonly figures?: Readonly<Record<string, number>> | undefined;
}

export interface CallContext {
  /** Aborted when the caller cancels or its port closes. */
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
}

/** What a served side provides: one function a method. */
export type Handlers<C extends Contract> = {
  readonly [M in MethodName<C>]: (
    args: z.output<C['methods'][M]['args']>,
    context: CallContext,
  ) => Promise<Result<C, M>> | Result<C, M>;
};
