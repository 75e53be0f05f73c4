/**
 * Makes the thread's `Date` follow the runtime's clock, live. The intrinsic prototype is kept, so dates created
 * before and after, and by other code, are all `instanceof Date`.
 * @param offset one element: milliseconds to add
 */
export function shiftDate(offset: Float64Array): void {
  const RealDate = Date;
  const realNow = RealDate.now;
  const now = () => realNow() + (offset[0] ?? 0);

  const Shifted: DateConstructor = new Proxy(RealDate, {
    apply: () => new RealDate(now()).toString(),
    construct: (target, args, newTarget): Date =>
      Reflect.construct(
        target,
        args.length === 0 ? [now()] : args,
        newTarget === Shifted ? target : newTarget,
      ),
  });
  RealDate.now = now;
  RealDate.prototype.constructor = Shifted;
  globalThis.Date = Shifted;
}
