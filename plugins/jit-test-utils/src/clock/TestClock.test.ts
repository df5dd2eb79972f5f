import { TestClock } from './TestClock';

describe('TestClock', () => {
  it('runs what falls due in order, each at its own instant', () => {
    const clock = new TestClock(1000);
    const ran: Array<[string, number]> = [];
    const note = (name: string) => () => ran.push([name, clock.now()]);
    clock.schedule(20, note('later'));
    clock.schedule(10, () => {
      note('first')();
      clock.schedule(5, note('set by the first'));
      clock.schedule(500, note('beyond'));
    });
    const cancel = clock.schedule(15, note('cancelled'));
    cancel();
    clock.advance(30);
    expect(ran).toEqual([
      ['first', 1010],
      ['set by the first', 1015],
      ['later', 1020],
    ]);
    expect(clock.now()).toBe(1030);
  });

  it('does not go back', () => {
    const clock = new TestClock();
    expect(() => clock.advance(-1)).toThrow('cannot be advanced');
    expect(() => clock.advance(NaN)).toThrow('cannot be advanced');
  });
});
