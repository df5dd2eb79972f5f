import { makeStyles } from '@material-ui/core';
import { Person } from './people';

const useStyles = makeStyles(theme => ({
  card: {
    width: '100%',
    height: '100%',
    display: 'flex',
    alignItems: 'flex-start',
    justifyContent: 'flex-start',
    gap: theme.spacing(2),
    padding: theme.spacing(2.5),
    borderRadius: 12,
    textAlign: 'left',
    font: 'inherit',
    lineHeight: 1.4,
    cursor: 'pointer',
    color: 'inherit',
    background: 'rgba(255, 255, 255, 0.06)',
    border: '1px solid rgba(255, 255, 255, 0.12)',
    transition: 'background 120ms, border-color 120ms',
    '&:hover, &:focus-visible': {
      background: 'rgba(45, 212, 191, 0.14)',
      borderColor: '#2dd4bf',
    },
    '&:focus-visible': { outline: '2px solid #2dd4bf', outlineOffset: 2 },
  },
  avatar: {
    flex: 'none',
    width: 44,
    height: 44,
    borderRadius: '50%',
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    fontWeight: 600,
    color: '#06231f',
    background: '#2dd4bf',
  },
  name: { display: 'block', fontSize: 17, fontWeight: 600 },
  role: { display: 'block', color: '#7fdcd0', fontSize: 14 },
  hint: { display: 'block', color: '#a9c9c6', fontSize: 14, marginTop: 6 },
}));

interface PersonCardProps {
  person: Person;
  onChoose: () => void;
}

export const PersonCard = ({ person, onChoose }: PersonCardProps) => {
  const classes = useStyles();
  const initials = person.name
    .split(' ')
    .map(part => part[0])
    .join('');

  return (
    <button type="button" className={classes.card} onClick={onChoose}>
      <span className={classes.avatar} aria-hidden="true">
        {initials}
      </span>
      <span>
        <span className={classes.name}>{person.name}</span>
        <span className={classes.role}>{person.role}</span>
        <span className={classes.hint}>{person.hint}</span>
      </span>
    </button>
  );
};
