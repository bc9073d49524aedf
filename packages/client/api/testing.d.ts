import { Clock, ExportItem, Store, WindowSpec } from "./shared.js";
/** An export with every member, the vendor's sample where nothing else is given. Members never seen are welcome. */
export declare function buildItem<Extra extends object>(members?: Partial<ExportItem> & Extra): ExportItem & Extra;
/** As many exports as asked for, with ids from 1000000 and names of their own. */
export declare function buildItems(count: number, members?: Partial<ExportItem>): ExportItem[];
interface FixedWindowServerOptions {
  readonly windows: readonly WindowSpec[];
  /** Whether windows start on the clock or with the first request after the one before. Default `clock`. */
  readonly start?: "clock" | "first-request" | undefined;
  /** Where windows on the clock start, in milliseconds. Default 0. */
  readonly phaseMs?: number | undefined;
  /** Which window `X-RateLimit-*` describe, or none. The vendor does not say. Default `fewer-left`. */
  readonly described?: "fewer-left" | "tightest" | "longest" | "none" | undefined;
  /** How the seconds of `Reset` are rounded; the vendor does not say. Default `up`. */
  readonly rounding?: "up" | "nearest" | "down" | undefined;
  /** Requests in flight at most; one more gets `Retry-After: -1`. */
  readonly parallel?: number | undefined;
}
type Admission = {
  readonly kind: "admitted";
  readonly headers: Record<string, string>;
  leave(): void;
} | {
  readonly kind: "refused";
  answer(): Response;
};
/** The server's side of the quota: fixed windows, counted at arrival; a refused request is not counted. */
export declare class FixedWindowServer {
  #private;
  constructor(options: FixedWindowServerOptions);
  admit(now: number): Admission;
}
/** A clock that moves when a test moves it. */
interface ManualClock extends Clock {
  /** Moves on by `ms`, running each timer at its moment, in order, and letting promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Moves to the next timer and runs it; `false` when there is none. */
  next(): Promise<boolean>;
  /** Moves on, timer by timer, until `work` has settled; fails when no timer is left and it has not. */
  runUntilSettled<Value>(work: Promise<Value>): Promise<Value>;
  /** Sets the wall clock off against `now()`, as a person or a time server does. */
  setWall(msSinceEpoch: number): void;
  /** Timers that wait. */
  readonly pending: number;
}
/** @param options.now first moment in milliseconds, default 0; `wallNow()` starts there too unless `wall` is given. */
export declare function createManualClock({ now, wall }?: {
  now?: number;
  wall?: number;
}): ManualClock;
/** How one request is answered instead of the usual way. */
type Scenario = {
  readonly kind: "status";
  readonly status: 400 | 401 | 404 | 429 | 500;
  readonly retryAfterS?: number | string;
} | {
  readonly kind: "answer";
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Record<string, string>;
} | {
  readonly kind: "network";
  readonly code?: string;
} | {
  readonly kind: "cut-body";
  readonly bytes: number;
} | {
  readonly kind: "slow";
  readonly ms: number;
} | {
  readonly kind: "silent";
} | {
  readonly kind: "stalled-body";
  readonly bytes: number;
};
interface StandInOptions {
  /** What the account holds. Default: the vendor's one sample. */
  readonly items?: readonly Partial<ExportItem>[] | undefined;
  /** The bytes of every download. Default: CSV, of the item's size up to a megabyte. */
  readonly file?: string | undefined;
  /** Items in a page when the query gives no size. Default 25. */
  readonly pageSize?: number | undefined;
  /** Count requests in fixed windows and refuse like the vendor. Default: no limits. */
  readonly limits?: "on" | Partial<FixedWindowServerOptions> | undefined;
  /** Milliseconds that a request, and then its answer, travel on the clock. Default 0. */
  readonly latencyMs?: (() => number) | undefined;
  readonly clock?: Clock | undefined;
}
/** A request that arrived. */
interface ArrivedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** The JSON of a POST. */
  readonly body?: unknown;
  /** Moment of arrival on the clock. */
  readonly atMs: number;
  /** Status of the answer, once there is one. */
  status?: number;
}
interface StandIn {
  /** To be given to a client as its `fetch`. */
  readonly fetch: typeof globalThis.fetch;
  /** Every request that arrived, in order. */
  readonly requests: readonly ArrivedRequest[];
  /** The answers to the next requests, one each; then it is back to the usual. */
  next(...scenarios: Scenario[]): void;
  /** Items, to be changed while a list is read. */
  items: readonly Partial<ExportItem>[];
}
/**
 * The API as a function in your test's process: filters, `q`, `sort`, pages, `fields`, single items, downloads, retry,
 * and exports of quick reports, which are ready at once; scenarios for what goes wrong. It checks no parameter: the
 * mock and the sandbox do.
 */
export declare function createStandIn(options?: StandInOptions): StandIn;
/** A store that is looked at. */
interface StoreUnderTest {
  /** A handle on an account; the same name again gives another handle on the same account, as in another process. */
  open(account: string): Store | Promise<Store>;
}
/** One promise of `Store`. */
interface StoreCheck<Subject = StoreUnderTest> {
  /** As the title of a test. */
  readonly name: string;
  /** @throws Error that says what was expected, and what came */
  run(subject: Subject): Promise<void>;
}
/**
 * What every {@link Store} has to keep, for any test framework. They wait for a few milliseconds of the store's clock at
 * most, and use accounts of their own.
 *
 * @example for (const { name, run } of storeChecks) test(name, () => run({ open: (account) => createMyStore(account) }))
 */
export declare const storeChecks: readonly StoreCheck[];
/** A store whose clock the test moves. */
interface ClockedStoreUnderTest extends StoreUnderTest {
  /** Moves the clock that the store reads by `ms`; below 0: sets it back. */
  moveClock(ms: number): void | Promise<void>;
}
/** What a {@link Store} has to keep over time, and when its clock is set back. For a store whose clock a test can move. */
export declare const storeClockChecks: readonly StoreCheck<ClockedStoreUnderTest>[];
export type { Admission, ArrivedRequest, ClockedStoreUnderTest, FixedWindowServerOptions, ManualClock, Scenario, StandIn, StandInOptions, StoreCheck, StoreUnderTest };