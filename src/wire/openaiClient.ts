import OpenAI from 'openai';

export { OpenAI };
