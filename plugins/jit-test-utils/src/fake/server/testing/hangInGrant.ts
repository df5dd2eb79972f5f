import { createLeaseContext } from '../../../context';
import { createFakeProvider } from '../../provider';

/** A process of its own that calls `grant` on the world whose address is its argument. */
async function main([url, externalName]: string[]): Promise<void> {
  const provider = createFakeProvider({ outside: url });
  await provider.grant(
    createLeaseContext({
      params: { name: 'reader' },
      connection: {
        name: 'main',
        config: { system: 'main', ceiling: { names: ['reader'] } },
      },
      externalName,
    }),
  );
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});
