/** OpenAI and every server that speaks its protocol; read when such a model is first used. */
export { OpenAI } from '../wire/openaiClient';
