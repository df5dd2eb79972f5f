// Loaded before everything else: a process whose clock goes wrong by JIT_TEST_CLOCK_OFFSET_MS.
const offset = Number(process.env.JIT_TEST_CLOCK_OFFSET_MS ?? 0);
const RealDate = Date;
const now = () => RealDate.now() + offset;

// Not by an assignment: the type checker reads this file too, and would take it for a declaration of every package's Date.
Reflect.set(
  globalThis,
  'Date',
  new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(
        target,
        args.length ? args : [now()],
        newTarget === globalThis.Date ? target : newTarget,
      ),
    apply: () => new RealDate(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  }),
);
