import { makeStyles } from '@material-ui/core/styles';
import BlockIcon from '@material-ui/icons/Block';
import CheckIcon from '@material-ui/icons/Check';
import ErrorOutlineIcon from '@material-ui/icons/ErrorOutline';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import LockOpenIcon from '@material-ui/icons/LockOpen';
import ScheduleIcon from '@material-ui/icons/Schedule';
import SyncIcon from '@material-ui/icons/Sync';
import TimerIcon from '@material-ui/icons/Timer';
import { LeaseLook } from '../../words';

const SIZE = 40;
const RADIUS = 18;
const LENGTH = 2 * Math.PI * RADIUS;

const useStyles = makeStyles(theme => ({
  root: { position: 'relative', width: SIZE, height: SIZE, flex: 'none' },
  ring: { transform: 'rotate(-90deg)', display: 'block' },
  track: { stroke: theme.palette.divider },
  arc: {
    stroke: 'currentColor',
    transition: 'stroke-dashoffset 1s linear',
    '@media (prefers-reduced-motion: reduce)': { transition: 'none' },
  },
  icon: {
    position: 'absolute',
    inset: 0,
    margin: 'auto',
    display: 'block',
    fontSize: 20,
  },
  turning: {
    animation: '$turn 2.5s linear infinite',
    '@media (prefers-reduced-motion: reduce)': { animation: 'none' },
  },
  '@keyframes turn': { to: { transform: 'rotate(-360deg)' } },
  live: { color: theme.palette.success.main },
  soon: { color: theme.palette.warning.main },
  busy: { color: theme.palette.info.main },
  waiting: { color: theme.palette.info.main },
  scheduled: { color: theme.palette.info.main },
  stuck: { color: theme.palette.error.main },
  gone: { color: theme.palette.text.secondary },
  refused: { color: theme.palette.text.secondary },
}));

const ICONS = {
  live: LockOpenIcon,
  soon: TimerIcon,
  busy: SyncIcon,
  waiting: HourglassEmptyIcon,
  scheduled: ScheduleIcon,
  stuck: ErrorOutlineIcon,
  gone: CheckIcon,
  refused: BlockIcon,
};

interface StateMarkProps {
  look: LeaseLook;
  /** From 1 down to 0: the ring empties. A ring that counts nothing is not drawn full. */
  part?: number;
}

/** A picture of a lease's state: a shape for each, and a ring that empties. What it shows is always said in words beside it. */
export const StateMark = ({ look, part }: StateMarkProps) => {
  const classes = useStyles();
  const Icon = ICONS[look];

  return (
    <div className={`${classes.root} ${classes[look]}`} aria-hidden>
      <svg
        className={classes.ring}
        width={SIZE}
        height={SIZE}
        fill="none"
        strokeWidth={3}
      >
        <circle
          className={classes.track}
          cx={SIZE / 2}
          cy={SIZE / 2}
          r={RADIUS}
        />
        {part !== undefined && (
          <circle
            className={classes.arc}
            cx={SIZE / 2}
            cy={SIZE / 2}
            r={RADIUS}
            strokeDasharray={LENGTH}
            strokeDashoffset={LENGTH * (1 - part)}
          />
        )}
      </svg>
      <Icon
        className={`${classes.icon} ${look === 'busy' ? classes.turning : ''}`}
      />
    </div>
  );
};
