import { makeStyles } from '@material-ui/core/styles';
import { useTranslate } from '../../translation';
import { OnlyHeard } from '../OnlyHeard';
import { placeIn, Span, ticksIn } from './lives';

const DAY_MS = 86_400_000;

const useStyles = makeStyles(theme => ({
  cell: {
    ...theme.typography.body2,
    color: theme.palette.text.secondary,
    textAlign: 'left',
    padding: theme.spacing(0.5, 0),
    fontWeight: 'inherit',
  },
  axis: { position: 'relative', height: '1.5em' },
  tick: {
    position: 'absolute',
    whiteSpace: 'nowrap',
    borderLeft: `1px solid ${theme.palette.divider}`,
    paddingLeft: theme.spacing(0.5),
  },
}));

/** The head of the chart: what its columns are, and where the days begin. */
export const Axis = ({ span, what }: { span: Span; what: string }) => {
  const classes = useStyles();
  const t = useTranslate();
  return (
    <thead>
      <tr>
        <th scope="col" className={classes.cell}>
          {what}
        </th>
        <th scope="col" className={classes.cell}>
          <div className={classes.axis}>
            <OnlyHeard>{t('life.when')}</OnlyHeard>
            {ticksIn(span)
              .map(tick => ({
                tick,
                left: placeIn(span, { from: tick, to: tick }).left,
              }))
              // A word near the end would stand out of the chart where the window is narrow.
              .filter(({ left }) => left < 82)
              .map(({ tick, left }) => (
                <span
                  key={tick}
                  className={classes.tick}
                  aria-hidden
                  style={{ left: `${left}%` }}
                >
                  {wordsOf(tick, span)}
                </span>
              ))}
          </div>
        </th>
      </tr>
    </thead>
  );
};

function wordsOf(tick: number, { from, to }: Span): string {
  const date = new Date(tick);
  return to - from <= DAY_MS
    ? date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
    : date.toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
}
