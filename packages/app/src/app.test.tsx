import { AppConfig } from '@backstage/config';
import { configure, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { app } from './app';

// All plugins of the portal are loaded.
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 30_000 });

const NADIA = 'user:default/nadia';

const CONFIG: AppConfig[] = [
  {
    context: 'test',
    data: {
      app: { title: 'Test portal', baseUrl: 'http://localhost:3000' },
      backend: { baseUrl: 'http://localhost:7007' },
      demo: {
        people: [
          { ref: NADIA, name: 'Nadia Osei', role: 'Developer', hint: 'Asks' },
          {
            ref: 'user:default/mika',
            name: 'Mika Harrow',
            role: 'Operator',
            hint: 'Runs it',
          },
        ],
      },
    },
  },
];

describe('app', () => {
  it('offers the people of the config, and asks the backend for the one that is chosen', async () => {
    process.env = {
      NODE_ENV: 'test',
      // The bundler puts the config here.
      APP_CONFIG: CONFIG as unknown as string,
    };
    const fetched = jest
      .spyOn(global, 'fetch')
      .mockRejectedValue(new Error('No backend here'));
    render(app.createRoot());

    expect(await screen.findByText('Test portal')).toBeInTheDocument();
    const people = screen.getAllByRole('listitem');
    expect(people.map(person => person.textContent)).toEqual([
      'NONadia OseiDeveloperAsks',
      'MHMika HarrowOperatorRuns it',
    ]);

    await userEvent.click(within(people[0]).getByRole('button'));
    expect(
      await screen.findByText(/Could not sign in as Nadia Osei/),
    ).toBeInTheDocument();
    const refresh = fetched.mock.calls.find(([url]) =>
      `${url}`.endsWith('/api/auth/demo/refresh'),
    );
    const headers = new Headers(refresh?.[1]?.headers);
    expect(headers.get('x-demo-user')).toBe(NADIA);

    await userEvent.click(
      screen.getByRole('button', { name: 'Back to the people' }),
    );
    expect(await screen.findAllByRole('listitem')).toHaveLength(2);
  });
});
