import { ProxiedSignInPage } from '@backstage/core-components';
import {
  configApiRef,
  IdentityApi,
  useApi,
} from '@backstage/frontend-plugin-api';
import { SignInPageProps } from '@backstage/plugin-app-react';
import { useState } from 'react';
import { chosenPerson } from './chosenPerson';
import { PeoplePicker } from './PeoplePicker';
import { readPeople } from './people';
import { SignInFailed } from './SignInFailed';

/** Lets a visitor of the demonstration choose who to be. There is no password: the backend of the demo takes the choice as it is. */
export const DemoSignInPage = ({ onSignInSuccess }: SignInPageProps) => {
  const people = readPeople(useApi(configApiRef));
  const [chosen, setChosen] = useState(chosenPerson.get());
  const person = people.find(({ ref }) => ref === chosen);

  if (!person) {
    return (
      <PeoplePicker
        people={people}
        onChoose={({ ref }) => {
          chosenPerson.set(ref);
          setChosen(ref);
        }}
      />
    );
  }
  return (
    <ProxiedSignInPage
      provider="demo"
      headers={{ 'x-demo-user': person.ref }}
      onSignInSuccess={identity => onSignInSuccess(forgetOnSignOut(identity))}
      ErrorComponent={({ error }) => (
        <SignInFailed
          name={person.name}
          error={error}
          onBack={() => {
            chosenPerson.clear();
            setChosen(undefined);
          }}
        />
      )}
    />
  );
};

function forgetOnSignOut(identity: IdentityApi): IdentityApi {
  return Object.assign(identity, {
    signOut: async () => {
      chosenPerson.clear();
      window.location.assign('/');
    },
  });
}
