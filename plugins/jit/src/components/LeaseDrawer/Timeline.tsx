import { LeaseEvent } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { formatInstant, formatInstantFully } from '../../time';
import { useTranslate } from '../../translation';
import { describeEvent } from '../../words';
import { Actor } from './Actor';

const useStyles = makeStyles(theme => ({
  root: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    overflowWrap: 'anywhere',
  },
  event: {
    position: 'relative',
    padding: theme.spacing(0, 0, 2, 3),
    borderLeft: `2px solid ${theme.palette.divider}`,
    marginLeft: 6,
    '&:last-child': { borderLeftColor: 'transparent', paddingBottom: 0 },
    '&::before': {
      content: '""',
      position: 'absolute',
      left: -7,
      top: 4,
      width: 8,
      height: 8,
      borderRadius: '50%',
      border: `2px solid ${theme.palette.text.secondary}`,
      backgroundColor: theme.palette.background.paper,
    },
  },
  step: {
    '&::before': {
      borderColor: theme.palette.primary.main,
      backgroundColor: theme.palette.primary.main,
    },
  },
}));

interface TimelineProps {
  /** The oldest first. */
  events: LeaseEvent[];
  now: number;
}

/** All that happened to a lease, the oldest first. A full dot is a change of its state. */
export const Timeline = ({ events, now }: TimelineProps) => {
  const classes = useStyles();
  const t = useTranslate();
  if (!events.length) {
    return <Typography variant="body2">{t('drawer.noEvents')}</Typography>;
  }
  return (
    <ol className={classes.root}>
      {events.map(event => {
        const { title, details } = describeEvent(t, event, { now });
        return (
          <li
            key={event.sequence}
            className={`${classes.event} ${event.to ? classes.step : ''}`}
          >
            <Typography variant="body2">
              <strong>{title}</strong>
            </Typography>
            {details.map((detail, index) => (
              <Typography key={index} variant="body2">
                {detail}
              </Typography>
            ))}
            <Typography
              variant="body2"
              color="textSecondary"
              title={formatInstantFully(event.at)}
            >
              {formatInstant(event.at, { now, seconds: true })}
              {' · '}
              <Actor actor={event.actor} />
            </Typography>
          </li>
        );
      })}
    </ol>
  );
};
