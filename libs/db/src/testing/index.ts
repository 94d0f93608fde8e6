export { createTestDatabase, type TestDatabase } from './template-database.js';
