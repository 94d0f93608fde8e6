import { t } from './i18n';

/** The units of time spans, for texts that are made outside components. */
export const unitWords = () => ({ second: t('frame:unit.second'), minute: t('frame:unit.minute'), hour: t('frame:unit.hour'), day: t('frame:unit.day') });
