import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useTranslate } from '../../translation';
import { Problem } from '../Problem';
import { sizeWords } from './sizeWords';
import { ExportFormat, useExport } from './useExport';

const FORMATS: ExportFormat[] = ['csv', 'jsonl'];

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(4) },
  buttons: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    margin: theme.spacing(1, 0),
  },
}));

interface ExportPanelProps {
  /** The period, as the backend is asked for it. */
  bounds: { from?: string; to?: string };
}

/** The trail of a period as a file, with how far it has come. */
export const ExportPanel = ({ bounds }: ExportPanelProps) => {
  const classes = useStyles();
  const t = useTranslate();
  const { start, retry, cancel, busy, size, name, error, brokenOff } =
    useExport();
  const words = () => {
    if (busy) {
      return t('trail.exporting', { size: sizeWords(t, size) });
    }
    return name
      ? t('trail.exported', { name, size: sizeWords(t, size) })
      : brokenOff && t('trail.brokenOff');
  };

  return (
    <section className={classes.root} aria-label={t('trail.export')}>
      <Typography variant="h6" component="h2">
        {t('trail.export')}
      </Typography>
      <Typography variant="body2">{t('trail.exportHow')}</Typography>
      <div className={classes.buttons}>
        {FORMATS.map(format => (
          <Button
            key={format}
            size="small"
            variant="outlined"
            disabled={busy}
            aria-label={t('trail.exportOf', { format: t(`trail.${format}`) })}
            onClick={() => start({ ...bounds, format })}
          >
            {t(`trail.${format}`)}
          </Button>
        ))}
        {busy && (
          <Button size="small" onClick={cancel}>
            {t('trail.cancel')}
          </Button>
        )}
        <Typography variant="body2" role="status">
          {words()}
        </Typography>
        {brokenOff && (
          <Button size="small" variant="outlined" onClick={retry}>
            {t('problem.retry')}
          </Button>
        )}
      </div>
      {error && <Problem error={error} onRetry={retry} />}
    </section>
  );
};
