import { Lease } from '@backstage-jit/plugin-jit-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { useTranslate } from '../../translation';
import { Axis } from './Axis';
import { LifeRow } from './LifeRow';
import { Life, Span } from './lives';

const useStyles = makeStyles(theme => ({
  frame: {
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
    padding: theme.spacing(1, 2, 1.5),
  },
  table: {
    width: '100%',
    tableLayout: 'fixed',
    borderCollapse: 'collapse',
    '& th:first-child': { width: '34%' },
  },
  more: { marginTop: theme.spacing(1) },
}));

interface LifeTableProps {
  lives: Life[];
  span: Span;
  now: number;
  /** What it is, for who hears it. */
  label: string;
  /** What a row is. */
  what: string;
  /** Said when there is no row. */
  none: string;
  /** How many rows there are before more are asked for, and how many more each time. */
  rows: number;
  /** Given when there are older leases than the ones that are drawn: how many these are. */
  cutAfter?: number;
  onOpen: (lease: Lease) => void;
}

/** When each lease was there, a row each: a picture for who sees it, a table for who hears it. */
export const LifeTable = (props: LifeTableProps) => {
  const { lives, span, now, label, what, none, rows, cutAfter, onOpen } = props;
  const classes = useStyles();
  const t = useTranslate();
  const [shown, setShown] = useState(rows);

  return (
    <div className={classes.frame}>
      {lives.length > 0 ? (
        <table className={classes.table} aria-label={label}>
          <Axis span={span} what={what} />
          <tbody>
            {lives.slice(0, shown).map(life => (
              <LifeRow
                key={life.lease.id}
                life={life}
                span={span}
                now={now}
                onOpen={onOpen}
              />
            ))}
          </tbody>
        </table>
      ) : (
        <Typography variant="body2">{none}</Typography>
      )}
      {lives.length > shown && (
        <Button
          className={classes.more}
          size="small"
          variant="outlined"
          onClick={() => setShown(shown + rows)}
        >
          {t('life.more', { count: lives.length - shown })}
        </Button>
      )}
      {cutAfter !== undefined && (
        <Typography variant="body2" className={classes.more}>
          {t('life.cut', { n: String(cutAfter) })}
        </Typography>
      )}
    </div>
  );
};
