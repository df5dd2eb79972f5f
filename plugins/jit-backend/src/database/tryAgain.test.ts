import { ConflictError } from '@backstage/errors';
import { tryAgain } from './tryAgain';

class Lost extends Error {}

describe('tryAgain', () => {
  const options = { on: Lost, refusal: 'Others were faster' };

  it('does it anew until the race is won', async () => {
    const work = jest
      .fn<Promise<string>, []>()
      .mockRejectedValueOnce(new Lost())
      .mockRejectedValueOnce(new Lost())
      .mockResolvedValue('done');
    await expect(tryAgain(work, options)).resolves.toBe('done');
    expect(work).toHaveBeenCalledTimes(3);
  });

  it('gives up in the end, with the refusal', async () => {
    const work = jest.fn().mockRejectedValue(new Lost());
    await expect(tryAgain(work, options)).rejects.toThrow(
      new ConflictError('Others were faster'),
    );
    expect(work).toHaveBeenCalledTimes(5);
  });

  it('leaves other errors, lost races of a work within it too, as they are', async () => {
    const error = new (class LostToo extends Error {})('no');
    const work = jest.fn().mockRejectedValue(error);
    await expect(tryAgain(work, options)).rejects.toBe(error);
    expect(work).toHaveBeenCalledTimes(1);
  });
});
