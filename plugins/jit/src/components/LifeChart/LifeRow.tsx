import { Lease } from '@backstage-jit/plugin-jit-common';
import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import { durationWords, formatInstant } from '../../time';
import { Translate, useTranslate } from '../../translation';
import { nameOf } from '../../words';
import { OnlyHeard } from '../OnlyHeard';
import { Life, placeIn, Span } from './lives';

const useStyles = makeStyles(theme => ({
  cell: {
    ...theme.typography.body2,
    borderTop: `1px solid ${theme.palette.divider}`,
    padding: theme.spacing(0.75, 1, 0.75, 0),
    textAlign: 'left',
    fontWeight: 'inherit',
    overflowWrap: 'anywhere',
  },
  // It may be long: the whole of it is in the drawer, and on hover.
  title: {
    display: 'block',
    maxWidth: '100%',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    textAlign: 'left',
  },
  who: { display: 'block', color: theme.palette.text.secondary },
  line: { position: 'relative', height: 18 },
  bar: {
    position: 'absolute',
    top: 2,
    bottom: 2,
    minWidth: 4,
    borderRadius: 2,
    backgroundColor: theme.palette.text.secondary,
  },
  // Not told by its colour alone: it reaches to the right edge, and is open there.
  live: {
    backgroundColor: theme.palette.success.main,
    borderTopRightRadius: 0,
    borderBottomRightRadius: 0,
  },
}));

interface LifeRowProps {
  life: Life;
  span: Span;
  now: number;
  onOpen: (lease: Lease) => void;
}

export const LifeRow = ({ life, span, now, onOpen }: LifeRowProps) => {
  const classes = useStyles();
  const t = useTranslate();
  const { lease, goesOn } = life;
  const { left, width } = placeIn(span, life);
  const words = wordsOf(t, life, now);
  // Begun just now, it would stand outside.
  const place = { left: `min(${left}%, 100% - 4px)`, width: `${width}%` };

  return (
    <tr>
      <th scope="row" className={classes.cell}>
        <Link
          component="button"
          type="button"
          variant="body2"
          className={classes.title}
          title={lease.profileTitle}
          onClick={() => onOpen(lease)}
        >
          {lease.profileTitle}
        </Link>
        <span className={classes.who}>
          {[
            lease.entityRef && nameOf(lease.entityRef),
            nameOf(lease.subject),
            lease.breakGlass && t('breakGlass.mark'),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </th>
      <td className={classes.cell} title={words}>
        <div className={classes.line}>
          <OnlyHeard>{words}</OnlyHeard>
          <div
            className={`${classes.bar} ${goesOn ? classes.live : ''}`}
            style={place}
            aria-hidden
          />
        </div>
      </td>
    </tr>
  );
};

function wordsOf(t: Translate, life: Life, now: number): string {
  const { from, to, goesOn, lease } = life;
  const begin = formatInstant(from, { now });
  // What ended a moment late did not live a minute longer.
  const duration = durationWords(t, Math.floor((to - from) / 1_000) * 1_000);
  if (goesOn) {
    return t('life.since', { begin, duration });
  }
  const end = formatInstant(to, { now });
  return t(lease.verified === false ? 'life.unverified' : 'life.until', {
    begin,
    end,
    duration,
  });
}
