import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { ReactNode } from 'react';
import { useTranslate } from '../../translation';
import { LEASE_STATES, LeaseFilter } from './LeaseFilter';
import { RefField } from './RefField';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(2),
    padding: theme.spacing(2),
    marginBottom: theme.spacing(3),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
    // Wide enough for an entity ref, narrow enough for two of them beside each other.
    '& > *': { flex: '1 1 235px', maxWidth: 340 },
  },
}));

interface LeaseFiltersProps {
  filter: LeaseFilter;
  /** Whether to filter by person too. */
  byPerson: boolean;
  onChange: (part: Partial<Record<keyof LeaseFilter, string>>) => void;
  /** More of them. */
  children?: ReactNode;
}

export const LeaseFilters = (props: LeaseFiltersProps) => {
  const { filter, byPerson, onChange, children } = props;
  const classes = useStyles();
  const t = useTranslate();

  return (
    <div className={classes.root} role="search" aria-label={t('filter.label')}>
      <TextField
        id="jit-filter-state"
        select
        size="small"
        variant="outlined"
        label={t('filter.state')}
        value={filter.state ?? 'any'}
        onChange={event => onChange({ state: chosen(event.target.value) })}
      >
        <MenuItem value="any">{t('filter.anyState')}</MenuItem>
        {LEASE_STATES.map(state => (
          <MenuItem key={state} value={state}>
            {t(`filter.${state}`)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        id="jit-filter-kind"
        select
        size="small"
        variant="outlined"
        label={t('filter.kind')}
        value={filter.kind ?? 'any'}
        onChange={event => onChange({ kind: chosen(event.target.value) })}
      >
        <MenuItem value="any">{t('filter.anyKind')}</MenuItem>
        <MenuItem value="access">{t('filter.access')}</MenuItem>
        <MenuItem value="infrastructure">{t('filter.infrastructure')}</MenuItem>
      </TextField>
      <RefField
        id="jit-filter-target"
        label={t('filter.target')}
        example="resource:default/orders-db"
        help={t('filter.targetHelp')}
        value={filter.target ?? ''}
        onChange={target => onChange({ target })}
      />
      {byPerson && (
        <RefField
          id="jit-filter-person"
          label={t('filter.subject')}
          example="user:default/jane.doe"
          help={t('filter.subjectHelp')}
          value={filter.person ?? ''}
          onChange={person => onChange({ person })}
        />
      )}
      {children}
    </div>
  );
};

function chosen(value: string): string {
  return value === 'any' ? '' : value;
}
