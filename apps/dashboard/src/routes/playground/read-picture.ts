import type { Picture } from './turn.ts'

/** Providers take about as much. */
const mostBytes = 10_000_000

/** A file as a data URL. @throws Error that says what is wrong with it */
export async function readPicture(file: File): Promise<Picture> {
  if (!file.type.startsWith('image/')) throw new Error(`${file.name} is no picture.`)
  if (file.size > mostBytes) throw new Error(`${file.name} is larger than 10 MB.`)
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(String(reader.result)))
    reader.addEventListener('error', () => reject(new Error(`${file.name} cannot be read.`)))
    reader.readAsDataURL(file)
  })
  return { name: file.name, url }
}
