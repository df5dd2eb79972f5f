import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Container, makeStyles, Typography } from '@material-ui/core';
import { Logo } from '../../components/Logo';
import { Person } from './people';
import { PersonCard } from './PersonCard';

const useStyles = makeStyles(theme => ({
  page: {
    minHeight: '100vh',
    color: '#e6f4f1',
    background:
      'radial-gradient(1100px 620px at 15% -10%, #17505a 0%, transparent 60%), #0b1f26',
    display: 'flex',
    alignItems: 'center',
    padding: theme.spacing(6, 0),
  },
  brand: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(2),
    marginBottom: theme.spacing(4),
    fontSize: 20,
    fontWeight: 600,
  },
  title: { fontSize: 40, fontWeight: 700, lineHeight: 1.15, margin: 0 },
  lead: {
    fontSize: 17,
    lineHeight: 1.5,
    maxWidth: 620,
    color: '#a9c9c6',
    margin: theme.spacing(2, 0, 4),
  },
  people: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fill, minmax(280px, 1fr))',
    listStyle: 'none',
    padding: 0,
    margin: 0,
  },
  note: { marginTop: theme.spacing(4), color: '#7fa5a2', fontSize: 13 },
}));

interface PeoplePickerProps {
  people: Person[];
  onChoose: (person: Person) => void;
}

export const PeoplePicker = ({ people, onChoose }: PeoplePickerProps) => {
  const classes = useStyles();
  const config = useApi(configApiRef);
  const title = config.getOptionalString('app.title') ?? 'Backstage';
  const organization = config.getOptionalString('organization.name');

  return (
    <main className={classes.page}>
      <Container maxWidth="md">
        <div className={classes.brand}>
          <Logo size={40} />
          {title}
        </div>
        <h1 className={classes.title}>Who are you today?</h1>
        <p className={classes.lead}>
          {organization ?? 'This company'} is made up, and so are its people.
          Choose one of them to see the portal with their eyes.
        </p>
        {people.length === 0 && (
          <Typography role="alert">
            Nobody to choose: the config has no demo.people.
          </Typography>
        )}
        <ul className={classes.people}>
          {people.map(person => (
            <li key={person.ref}>
              <PersonCard person={person} onChoose={() => onChoose(person)} />
            </li>
          ))}
        </ul>
        <p className={classes.note}>
          A demonstration without passwords. It answers only to this computer.
        </p>
      </Container>
    </main>
  );
};
