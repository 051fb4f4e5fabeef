# The service in one image. Build: docker build -t attendance .
FROM python:3.12-slim
WORKDIR /srv/attendance
COPY requirements/run.txt requirements/run.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY . .
RUN npm ci --loglevel=error && python -m api.pages.assets && rm -r node_modules
RUN pip install --no-cache-dir --no-deps . && useradd --system attendance && mkdir -m 700 /var/lib/attendance \
    && chown attendance /var/lib/attendance
USER attendance
ENV ATTENDANCE_FOLDER=/var/lib/attendance
EXPOSE 8000
CMD ["attendance", "serve", "--host", "0.0.0.0", "--port", "8000"]
