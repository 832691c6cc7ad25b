# The suite on the official Odoo image. Build: docker compose build
ARG ODOO_IMAGE=odoo:19.0
FROM ${ODOO_IMAGE}

USER root
# WeasyPrint's libraries and fonts for Latin, Vietnamese, Arabic, Devanagari and Chinese.
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        fonts-noto-cjk \
        fonts-noto-core \
        libharfbuzz-subset0 \
        libpango-1.0-0 \
        libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/*
COPY requirements-docker.txt /opt/realestate/
RUN pip3 install --no-cache-dir --break-system-packages --ignore-installed \
        --require-hashes -r /opt/realestate/requirements-docker.txt

# Not below /mnt/extra-addons: that is a volume of the base image, and a volume keeps the
# files of the image it was first made from.
COPY addons /opt/realestate/addons
COPY odoo.conf /etc/odoo/odoo.conf
USER odoo
