import { describeProviderConformance, ExchangeTap } from '../conformance';
import { DoorCodeProvider } from './DoorCodeProvider';
import { DoorController } from './DoorController';

const main = new DoorController();
const other = new DoorController();
const tap = new ExchangeTap();

const connectionTo = ({ url, token }: DoorController, doors: string[]) => ({
  name: 'office',
  config: { url, token, ceiling: { doors } },
});

describeProviderConformance({
  name: 'door.code',
  provider: () =>
    new DoorCodeProvider({
      send: (url, init) =>
        tap.run(() => fetch(url, init), {
          signal: init.signal ?? undefined,
          // Whoever sent it has given up; it arrives all the same.
          deliverLate: () => fetch(url, { ...init, signal: undefined }),
        }),
    }),
  harness: {
    async setUp() {
      await main.start();
      await other.start();
    },
    async tearDown() {
      await tap.restore();
      for (const controller of [main, other]) {
        await controller.stop();
        controller.reset();
      }
    },
    connection: () => connectionTo(main, ['lab']),
    params: () => ({ door: 'lab' }),
    refused: () => [
      {
        what: 'another door',
        params: { door: 'vault' },
        connection: connectionTo(main, ['lab']),
      },
      {
        what: 'an empty ceiling',
        params: { door: 'lab' },
        connection: connectionTo(main, []),
      },
    ],
    async look({ externalName }) {
      const code = main.find(externalName);
      return {
        remains: code ? [`code ${code.name} for ${code.door}`] : [],
        expiresAt: code?.until,
      };
    },
    secrets: () => [main.token, other.token],
    transport: tap,
    outage: { begin: () => main.stop(), end: () => main.start() },
    // Nothing of this system takes time, so none has to pass.
    wait: async () => {},
    access: {
      works: async ({ params }, credentials) =>
        credentials !== undefined &&
        main.opens(params.door, credentials.forms[0].value),
      secretsOf: ({ forms }) => forms.map(form => form.value),
    },
    late: tap,
    rights: {
      async begin() {
        main.fault = { forbidden: true };
      },
      async end() {
        main.fault = {};
      },
    },
    secondSystem: { connection: () => connectionTo(other, ['lab']) },
    foreign: {
      async make({ externalName }) {
        main.put(foreignCode(externalName));
      },
      async intact({ externalName }) {
        const { id: _id, ...code } = main.find(externalName) ?? { id: '' };
        return (
          JSON.stringify(code) === JSON.stringify(foreignCode(externalName))
        );
      },
    },
    rateLimit: {
      async begin({ retryAfterMs }) {
        main.fault = { retryAfterMs };
      },
      async end() {
        main.fault = {};
      },
    },
    brokenList: {
      async begin() {
        main.fault = { brokenPages: true };
      },
      async end() {
        main.fault = {};
      },
    },
    sessions: { notApplicable: 'a door keeps no sessions' },
    standing: { notApplicable: 'each lease has a code of its own' },
    lag: { notApplicable: 'the controller reads what it has just written' },
  },
});

function foreignCode(name: string) {
  return { name, note: 'the cleaners', door: 'lab', until: 4e12, pin: '0815' };
}
