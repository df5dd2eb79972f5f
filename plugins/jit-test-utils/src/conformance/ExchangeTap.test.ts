import { ExchangeTap } from './ExchangeTap';

function createPeer() {
  const effects: string[] = [];
  const send = (name: string) => async () => {
    effects.push(name);
    return `answer to ${name}`;
  };
  return { effects, send };
}

describe('ExchangeTap', () => {
  it('lets exchanges through and counts them', async () => {
    const { effects, send } = createPeer();
    const tap = new ExchangeTap();
    await expect(tap.run(send('a'))).resolves.toBe('answer to a');
    await tap.run(send('b'));
    expect(tap.sent()).toBe(2);
    await tap.restore();
    expect(tap.sent()).toBe(0);
    expect(effects).toEqual(['a', 'b']);
  });

  it('lets the last exchange before a crash take effect, and no other', async () => {
    const { effects, send } = createPeer();
    const onCrash = jest.fn();
    const tap = new ExchangeTap({ onCrash });
    tap.crashAfter(2);
    await tap.run(send('a'));
    expect(tap.crashed()).toBe(false);
    await expect(tap.run(send('b'))).rejects.toThrow('died');
    await expect(tap.run(send('c'))).rejects.toThrow('died');
    expect(effects).toEqual(['a', 'b']);
    expect(tap.crashed()).toBe(true);
    expect(tap.sent()).toBe(2);
    expect(onCrash).toHaveBeenCalledTimes(1);

    await tap.restore();
    await tap.run(send('d'));
    expect(effects).toEqual(['a', 'b', 'd']);
  });

  it('sends nothing when it crashes before the first exchange', async () => {
    const { effects, send } = createPeer();
    const tap = new ExchangeTap();
    tap.crashAfter(0);
    await expect(tap.run(send('a'))).rejects.toThrow('died');
    expect(effects).toEqual([]);
    expect(tap.crashed()).toBe(true);
  });

  it('withholds an exchange that lands after the caller gave up', async () => {
    const { effects, send } = createPeer();
    const tap = new ExchangeTap();
    tap.hold(1);
    await tap.run(send('a'));
    const controller = new AbortController();
    const held = tap.run(send('b'), {
      signal: controller.signal,
      deliverLate: send('b, late'),
    });
    await tap.whenHeld();
    expect(effects).toEqual(['a']);
    controller.abort(new Error('given up'));
    await expect(held).rejects.toThrow('given up');
    await tap.run(send('c'));
    await tap.release();
    expect(effects).toEqual(['a', 'c', 'b, late']);
    await tap.release();
    expect(effects).toHaveLength(3);
  });

  it('answers a caller that did not give up', async () => {
    const { send } = createPeer();
    const tap = new ExchangeTap();
    tap.hold(0);
    const held = tap.run(send('a'));
    await tap.whenHeld();
    await tap.release();
    await expect(held).resolves.toBe('answer to a');
  });

  it('hands the failure of a late delivery to the caller', async () => {
    const tap = new ExchangeTap();
    tap.hold(0);
    const held = tap.run(async () => {
      throw new Error('refused');
    });
    await tap.whenHeld();
    await tap.release();
    await expect(held).rejects.toThrow('refused');
  });
});
