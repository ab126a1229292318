/** How the queue is modelled: a flow, a flow with the queue that chance keeps up, or every message by itself. */
import { type ReplayPlant, replayPlants } from '../../../core/model/replayPlants.ts';
import { useWords } from '../../data/context.ts';

export function PlantChoice({ plant, choose }: { plant: ReplayPlant; choose: (plant: ReplayPlant) => void }) {
  const { t } = useWords();
  return (
    <fieldset className="plant-choice" data-testid="plant-choice">
      <legend className="soft">{t('plant.title')}</legend>
      <div className="presets">
        {replayPlants.map((one) => (
          <button
            key={one}
            type="button"
            className="button button-small"
            aria-pressed={one === plant}
            data-testid={`plant-${one}`}
            onClick={() => choose(one)}
          >
            {t(`plant.${one}`)}
          </button>
        ))}
      </div>
      <p className="faint" aria-live="polite">
        {t(`plant.${plant}.says`)}
      </p>
    </fieldset>
  );
}
